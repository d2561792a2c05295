import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tenants', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='Portal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='identifiant')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('tagline', models.CharField(blank=True, max_length=120, verbose_name='devise')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='adresse de contact')),
                ('contact_phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone de contact')),
                ('collection', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='portal', to='wagtailcore.collection', verbose_name='collection')),
                ('site', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='portal', to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'portail',
                'verbose_name_plural': 'portails',
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=16, verbose_name='référence publique')),
                ('name', models.CharField(max_length=200, verbose_name='nom')),
                ('type', models.SlugField(verbose_name='type')),
                ('type_label', models.CharField(max_length=120, verbose_name='type, en clair')),
                ('region', models.CharField(blank=True, max_length=3, verbose_name='code de la région')),
                ('region_label', models.CharField(blank=True, max_length=80, verbose_name='région')),
                ('finess', models.CharField(blank=True, max_length=9, verbose_name='FINESS')),
                ('siret', models.CharField(blank=True, max_length=14, verbose_name='SIRET')),
                ('sort_key', models.CharField(editable=False, max_length=200)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entities', to='tenants.organisation', verbose_name='entité de rattachement')),
                ('portal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='tenants.portal')),
            ],
            options={
                'verbose_name': 'organisme',
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('function', models.CharField(blank=True, max_length=120, verbose_name='fonction')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='depuis')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='tenants.organisation')),
                ('portal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='tenants.portal')),
            ],
            options={
                'verbose_name': 'rattachement',
            },
        ),
        migrations.CreateModel(
            name='PortalRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('administrator', 'Administration des démarches'), ('editor', 'Rédaction du portail')], max_length=20, verbose_name='rôle')),
                ('portal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='tenants.portal')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='portal_roles', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'rôle sur un portail',
            },
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['portal', 'sort_key'], name='tenants_org_portal__b586eb_idx'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.UniqueConstraint(fields=('portal', 'reference'), name='organisation_reference'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('portal', 'user', 'organisation'), name='membership_once'),
        ),
        migrations.AddConstraint(
            model_name='portalrole',
            constraint=models.UniqueConstraint(fields=('portal', 'user', 'role'), name='portal_role_once'),
        ),
    ]
